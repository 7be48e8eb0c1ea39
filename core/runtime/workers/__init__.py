"""gunicorn's workers, made ready for streams; ``gunicorn.conf.py`` names them and hands them what they need.

``gevent_worker`` and ``thread_worker`` (the roll-back) are gunicorn's own with mixins:

================  ================================================================================
``shutdown``      both: a reload lets the last run end, a stop ends it within the grace
``client_waits``  both: every wait for a client has a deadline, and their number is bounded;
                  ``request_bodies`` are read before the application is called
``accepting``     gevent: connections are shared evenly among the workers of a master
``detach``        gevent: a response may take its connection over
``server_log``    both: gunicorn's own log, without its access log
================  ================================================================================
"""
