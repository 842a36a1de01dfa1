"""Signatures and time stamps: that what was closed is unchanged since, and who vouches for it.

    keys          the signing key (ECDSA P-384), made, kept outside the archive, read
    signatures    signing and checking a digest, as WACZ signing 0.1.0 does (cryptography's door)
    timestamps    RFC 3161: a time stamp from an authority, and what it proves (rfc3161-client's door)
    der           certificates of a time stamp in the order that the client library insists on
    ledger        the archive's own account: which keys it has had, which manifest lines are signed

A signature proves that the holder of the key had the digest. That the holder is this archive, and that the page came
from where it says, is the archive's word: TLS gives nobody else a proof of origin. A time stamp proves that the
signature existed at that time, by the word of the authority.
"""
