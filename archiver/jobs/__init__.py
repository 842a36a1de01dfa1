"""The queue of captures requested from a server, kept in `jobs.sqlite` of the archive's folder.

queue    the queue, and this server's thread that works on it
tables   the database: tables, their versions, rows as jobs
owners   which server a job belongs to
values   a job and its state
"""

from archiver.jobs.queue import Jobs
from archiver.jobs.values import Job, JobStatus

__all__ = ["Job", "JobStatus", "Jobs"]
