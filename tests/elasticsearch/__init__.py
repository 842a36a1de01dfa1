"""A real Elasticsearch for the tests: `pom.xml` names the jars, `Launcher.java` starts a node, `server.py` runs it."""
