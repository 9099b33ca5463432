#!/bin/sh
# A topic by province, and by month: examples/topic_dashboard.sh 科技创新 [ADDRESS]
set -eu
api=${2:-http://127.0.0.1:8000}/api/v1
curl --fail-with-body -sS -G "$api/regions" --data-urlencode "topic=$1" -d counts=true
echo
curl --fail-with-body -sS -G "$api/timeline" --data-urlencode "topic=$1" -d interval=month
echo
