"""Pictures of pages → characters and rules, as if the page had a text layer.

Needs the extra ``ocr``. What comes out goes through the same finding of cells and lines as the
text of any page; every character carries how sure its reading is.
"""
