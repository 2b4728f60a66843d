package io.keyward.app.start;

import io.keyward.cluster.SetupFinding;

/// A reason why a start would not be safe.
record StartFinding(String sentence, String remedy) implements SetupFinding {}
