package io.keyward.console.api;

import io.keyward.console.replica.BadCursorException;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.whatif.TooManyLinesException;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.registry.client.RegistryUnavailableException;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Answers requests from a view, and maps failures to responses.
public final class Replies {
    private static final String RETRY_AFTER = "Retry-After";
    private static final String SECONDS = "5";

    private Replies() {}

    /// An answer, or a problem in JSON (RFC 9457).
    static EndpointResponse from(Views views, EndpointRequest request, Function<ReplicaView, EndpointResponse> answer) {
        return from(views, request, answer, EndpointResponse::problem);
    }

    /// An answer, or a problem in the caller's format.
    ///
    /// @param problem creates the response from a status and a sentence
    public static EndpointResponse from(
            Views views,
            EndpointRequest request,
            Function<ReplicaView, EndpointResponse> answer,
            BiFunction<Integer, String, EndpointResponse> problem) {
        try (ReplicaView view = views.open(request.caller())) {
            return answer.apply(view);
        } catch (NotFoundException unknown) {
            return problem.apply(404, unknown.getMessage());
        } catch (BadCursorException | TooManyLinesException bad) {
            return problem.apply(400, bad.getMessage());
        } catch (RegistryUnavailableException outage) {
            return problem.apply(503, "The schema registry does not answer, so published records cannot be read.")
                    .with(RETRY_AFTER, SECONDS);
        } catch (NotCaughtUpException early) {
            return problem.apply(503, early.getMessage()).with(RETRY_AFTER, SECONDS);
        }
    }
}
