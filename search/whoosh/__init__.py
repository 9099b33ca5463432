"""The reading half of the Whoosh engine. With index/whoosh the only place that imports whoosh."""
