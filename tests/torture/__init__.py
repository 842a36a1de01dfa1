"""The fault harness: kills and failing disks at every point where an archive touches the system.

    python -m tests.torture [--every N] [--rounds N]

A scenario (capture, add, rebuild …) runs in a process that strace follows. At the first, second, third … call of each
kind that writes, syncs, renames, connects it is killed with SIGKILL, or the call fails with ENOSPC or EIO, until a run
gets through: points are counted, not sampled (SQLite's way). After each the archive is opened as anybody would, and
must have lost nothing that was acknowledged, doubled nothing, and have an index that equals a rebuilt one.

faults      one run under strace        scenarios   what is run, and what it acknowledges
checks      what must hold afterwards   __main__    all of it, with a summary
"""
