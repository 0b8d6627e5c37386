"""English. Sectors: which part holds output back."""

from __future__ import annotations

TEXT = {
    "parts.section": "Which part holds it back",
    "parts.heading": "{sector} holds output back most: {now} of the gap of {gap} points in {origin}",
    "parts.heading_last": "{sector} is the last to return: not by {last} in {p} of the outcomes",
    "parts.heading_ahead": "No sector lies below its own normal in {origin}",
    "parts.last": "Last to return to its own normal: {sector} ({p} not by {last}).",
    "parts.weights": (
        "The weights of the sectors are not known, so that the gap cannot be split among them; each is shown "
        "against its own normal. A config may give shares: sectors: {{manufacturing: 0.9, …}}."
    ),
    "parts.adds": (
        "Contributions are points of the total's normal; in every simulated path and month they sum to its gap."
    ),
    "parts.title": "Sectors: the gap, what comes of it, and the return to their own normal",
    "parts.sector": "Sector",
    "parts.share": "Share of normal",
    "parts.level": "Mean of {window} months, of its normal",
    "parts.trough": "At the trough, {month}",
    "parts.now": "In {month}",
    "parts.after": "Expected {month}",
    "parts.chart_title": "Contributions to the gap: {now} points in {origin}, {later} expected by {month}",
    "parts.subtitle": "{title}: points of normal, expected values after {origin}",
    "parts.alt": "Contributions of the sectors to the gap, month by month. {title}. {points}",
    "parts.alt_point": "{sector}: {now} points in {origin}.",
    "parts.total_gap": "gap",
}
