"""Pictures of rows, as Vega-Lite: no numbers are made here.

Each file holds one chart: a function from plain rows to an Altair chart, in either language, light or dark, for any
width. Importing a chart imports Altair; the extra ``minori[charts]`` installs it.
"""
