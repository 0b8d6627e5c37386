"""The method chapter says of the rule what the outcome says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecast.report.chapters import method
from forecast.report.words import LANGUAGES
from tests.report import sample


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_rule_that_the_user_set_is_told_from_one_that_follows_from_the_noise(code: str) -> None:
    language, outcome = LANGUAGES[code], sample.bac_ninh()
    how = [language.text["method.rule_auto"], language.text["method.rule_given"]]
    for automatic, told, other in ((True, *how), (False, *reversed(how))):
        said = method._rule(replace(outcome, rule=replace(outcome.rule, automatic=automatic)), language)
        assert told in said
        assert other not in said
