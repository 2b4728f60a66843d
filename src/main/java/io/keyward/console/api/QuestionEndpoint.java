package io.keyward.console.api;

import io.keyward.console.answer.Answer;
import io.keyward.console.replica.ReplicaView;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.function.BiFunction;

/// A route that answers one question in JSON.
record QuestionEndpoint(String path, String summary, Views views, BiFunction<ReplicaView, Parameters, Answer> question)
        implements Endpoint {
    @Override
    public EndpointResponse reply(EndpointRequest request) {
        return Replies.from(
                views,
                view -> EndpointResponse.json(200, AnswerJson.write(question.apply(view, new Parameters(request)))));
    }
}
