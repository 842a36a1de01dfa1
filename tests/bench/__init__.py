"""`make bench`: speed as ratios inside one run, because machines are noisy. Nothing here is asserted by a test.

table       a figure with its goal; two ways of doing a thing, in turns
made_up     made-up quotes and articles, SCALE of them, in an index that is kept between runs
adding      quotes and articles into an index: rate and size
pages       saved pages, or made-up ones, as files to add
ingesting   pages into the archive beside trafilatura alone, a rebuild, a verification
enduring    long files: memory, and a kill in the middle
processes   CPU time and memory of a process and its descendants
importing   a file from elsewhere into the archive, beside an index and digests of it
searching   every kind of query at SCALE, in units of a bare answer with the same documents
load        a server with many clients, ended in the middle
cluster     three nodes of Elasticsearch: a walk, a node killed
elastic     the same through Elasticsearch, beside the same requests sent directly
"""
