package io.keyward.ops.http;

/// Options for endpoints on a free port of this machine.
public final class LocalHttp {
    public static final int LARGEST_BODY = 1_000;

    private LocalHttp() {}

    public static HttpOptions options(HttpFiles files) {
        return new HttpOptions("127.0.0.1", 0, files, HttpNames.PROCESSOR, LARGEST_BODY);
    }
}
