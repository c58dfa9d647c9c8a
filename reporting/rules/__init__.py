"""The date engine: facts in, due dates out.

Pure: the standard library and dateutil, no Django, no clock, no input or output.
"""
