package io.keyward.vault;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.net.URI;
import reactor.core.publisher.Mono;

/// Sends every request to an emulator on this machine, with the original host in a header. Names, challenges
/// and tokens are the same as with Azure.
record EmulatorHttpClient(HttpClient client, URI emulator) implements HttpClient {
    private static final HttpHeaderName FORWARDED_HOST = HttpHeaderName.fromString("X-Forwarded-Host");

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return client.send(rewritten(request), context);
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        return client.sendSync(rewritten(request), context);
    }

    private HttpRequest rewritten(HttpRequest request) {
        return request.copy()
                .setUrl(emulator.resolve(request.getUrl().getFile()).toString())
                .setHeader(FORWARDED_HOST, request.getUrl().getHost());
    }
}
