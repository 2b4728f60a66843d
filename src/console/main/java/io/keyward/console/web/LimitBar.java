package io.keyward.console.web;

/// How much of a tenant's limit is used.
record LimitBar(int held, int limit) {
    String sentence() {
        String used = held + " of " + limit + " places are used";
        int free = limit - held;
        return free > 0
                ? used + "; " + free + (free == 1 ? " is free." : " are free.")
                : used + "; none is free" + (free < 0 ? ", because the limit was lowered." : ".");
    }

    int width() {
        return limit == 0 ? (held == 0 ? 0 : 1000) : (int) Math.min(1000, 1000L * held / limit);
    }

    String css() {
        return held >= limit ? "fill-error" : 10L * held >= 8L * limit ? "fill-warning" : "fill-good";
    }
}
