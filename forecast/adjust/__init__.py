"""Seasonal and calendar effects: built-in profile, X-13 (prepare → run → read), STL."""

from __future__ import annotations

from forecast.adjust.profile import Profile, builtin_effects, estimate_profile

__all__ = ["Profile", "builtin_effects", "estimate_profile"]
