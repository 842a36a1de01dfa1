"""Evidence packages: a quote with everything that proves it, in one file that anyone can check (WACZ 1.1.1).

gather      the WARC records that a snapshot's proof needs, as they are stored
index       the CDXJ index of a package's records
container   the ZIP file: same members, same bytes
digest      datapackage.json and its signed digest: same facts, same bytes
package     all of it, joined; README.html for the reader beside it
inspection  a package checked by itself, without an archive: not a byte may differ from what it must be
"""
