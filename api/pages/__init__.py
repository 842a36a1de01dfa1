"""Pages for people, rendered here from the same values as the JSON; complete without scripts.

site         every page, joined
frame        what all have in common: blueprint, frame, filters, problems as pages
strings      the words of the pages in the languages of the interface (`api/strings`)
search       the start page and the search
articles     articles by their words
browse       days, outlets, people
save         saving pages, how far that is
folders      what readers put together
searches     saved searches, how their deliveries go
filing       the form that puts a quote or a snapshot into a folder
inputs       what readers type, understood or explained
review       review and withdrawal of a quote
samples      random samples of a search: drawn, walked, what their reviews say
signin       signing in with a key, keys
saved        the words marked in the saved page, which is in a frame that can do nothing
timeline     how many quotes each period has, as a drawing
quote        a quote
trail        why a quote is given to a person and a day, in words
snapshot     a snapshot, the captures of an address
compare      words beside words: checks, statements, histories, two captures, people
passages     the words as the source prints them, in their paragraph, with what was found
"""
