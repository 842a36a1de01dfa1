"""A saved page shown again: its words, pictures and styles out of the archive, nothing that acts, nothing live.

saved        the saved page of a quote out of the archive; which program saved it
own          which images and style sheets are a page's alone, and go with it when it is erased
documents    archived HTML as a document that can be shown in a frame, with a quote's words marked
marks        where the words are in the document's text, across its markup
requisites   what a page needs beside itself: style sheets, images, fonts
holdings     which of these, and of the pages it links to, the archive has
styles       the addresses in style sheets, found and changed
"""
