"""Apache Superset as code: database, datasets, charts and dashboards from YAML and the comments of a release, imported over its REST API.

The YAML beside this file is in Superset's own export format, less what can be derived: uuids (of the name), versions, a dataset's columns with
their Chinese names (of the release), a chart's dataset (of its dashboard) and the positions on the grid (of the rows a dashboard lists).
"""
