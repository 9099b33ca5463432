"""The writing half of the Whoosh engine. With search/whoosh the only place that imports whoosh."""
