#!/bin/sh
# The monthly round without a hand: round.sh QUESTION STORE BULLETINS
# Stores what is new in a folder of bulletins, checks, writes the report. It may run every day: of the same releases it makes
# the same bytes, and what failed yesterday is done today. Ends with the code of the first command that failed.
set -eu
question=$1 store=$2 bulletins=$3
forecast ingest "$store" "$bulletins"
forecast check "$question"
forecast run "$question"
