"""A server that misbehaves in every way we know, on loopback, and what each way must lead to.

server        plays the scripts: a host name for each behaviour (`hang-in-head.localhost`), a port for each TLS fault
behaviours    the table: family, script, expected outcome
pages         pages that are too much, and what their reading must lead to
certificates  good and bad ones, made with the `openssl` program
capturing     a program that captures URLs and says how much memory that took
"""
