"""Dates and moments as the house writes them, where Django has another form."""
