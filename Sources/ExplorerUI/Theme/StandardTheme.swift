extension Theme {
  /// The text of themes/default.toml, for where no file is; a test keeps them equal.
  static let standardText = #"""
    # Fathom's default theme: the terminal's own background and its sixteen colours.
    #
    # Copy this file to ~/.config/fathom/themes/NAME.toml, keep what you change, and write
    # `inherits = "default"` at the top. A style is a colour or a table:
    #   "score" = "cyan"
    #   "title.focused" = { fg = "accent", bg = "standard", modifiers = ["bold"] }
    # Colours: a name of [palette], standard (the terminal's own), black red green yellow blue magenta
    # cyan white and bright-red and so on, a number of the 256 ("208"), or "#88c0d0".
    # Modifiers: bold dim underline reverse italic.

    [palette]
    accent = "cyan"     # focus, keys, what is active
    quiet = "8"         # borders, units, what can wait
    good = "green"      # added, saved
    warn = "yellow"     # unsaved changes, findings
    bad = "red"         # errors, deleted
    violet = "magenta"  # more groups of documents
    ocean = "blue"      # and more

    [styles]
    "text" = "standard"                                        # documents and everything not named below
    "dim" = { fg = "standard", modifiers = ["dim"] }           # column titles, units, hints
    "accent" = "accent"                                        # the one colour for what is active
    "success" = "good"                                         # something went well
    "warning" = "warn"                                         # something to look at
    "danger" = { fg = "bad", modifiers = ["bold"] }            # something that loses data
    "border" = "quiet"                                         # frames of panes
    "border.focused" = "accent"                                # frame of the focused pane
    "title" = "standard"                                       # titles in frames
    "title.focused" = { fg = "accent", modifiers = ["bold"] }  # title of the focused pane
    "header" = "standard"                                      # the first line
    "header.name" = { fg = "standard", modifiers = ["bold"] }  # the store's name in it
    "header.changes" = { fg = "warn", modifiers = ["bold"] }   # [+] and what changed
    "spinner" = "accent"                                       # what runs, at the right of the first line
    "footer" = { fg = "standard", modifiers = ["dim"] }        # what keys do, in the last lines
    "footer.key" = "accent"                                    # the keys themselves
    "message" = "standard"                                     # the message line
    "message.warning" = "warn"                                 # a warning in it
    "message.error" = { fg = "bad", modifiers = ["bold"] }     # an error in it
    "selection" = { fg = "standard", modifiers = ["reverse"] } # the row that keys act on
    "selection.inactive" = { fg = "accent", modifiers = ["bold"] } # the selected row of a pane without focus
    "mark" = { fg = "warn", modifiers = ["bold"] }             # the sign of a marked row
    "match" = { fg = "standard", modifiers = ["underline"] }   # words of the query, places found
    "score" = "standard"                                       # scores
    "score.bar" = "accent"                                     # their bars
    "row" = { fg = "standard", modifiers = ["dim"] }           # row numbers and ranks
    "id" = "accent"                                            # docstore ids
    "metadata.key" = "accent"                                  # keys of the metadata table
    "metadata.type" = { fg = "standard", modifiers = ["dim"] } # their types
    "field" = "standard"                                       # text being typed
    "field.placeholder" = { fg = "standard", modifiers = ["dim"] } # what to type, in an empty line
    "overlay.border" = "accent"                                # frames of windows over the panes
    "overlay.title" = { fg = "accent", modifiers = ["bold"] }  # their titles
    "added" = "good"                                           # added and merged documents before saving
    "removed" = "bad"                                          # deleted documents before saving
    "edited" = "warn"                                          # edited documents before saving
    "group.1" = "accent"                                       # points of the map: the first group
    "group.2" = "warn"                                         # the second group
    "group.3" = "good"                                         # the third group
    "group.4" = "violet"                                       # the fourth group
    "group.5" = "bad"                                          # the fifth group
    "group.6" = "ocean"                                        # the sixth group
    "group.7" = { fg = "standard", modifiers = ["bold"] }      # the seventh group
    "group.8" = { fg = "standard", modifiers = ["dim"] }       # the last is often all others
    """# + "\n"
}
