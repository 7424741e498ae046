"""Dagster's edge: assets, checks, schedule, sensor. What they do stands in the stages, dbt and publishing."""
