package io.keyward.app.start;

import io.keyward.app.cluster.Finding;

/// A reason why a start would not be safe.
record StartFinding(String sentence, String remedy) implements Finding {}
