package io.keyward.console.api;

import io.keyward.console.answer.Questions;
import io.keyward.console.replica.Answer;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Route;
import java.util.function.Function;

/// A query of the API, answered in JSON.
///
/// @param path the path below that of the API
/// @param summary what it answers
/// @param parameters the names of the query parameters that it accepts, separated by commas
record ApiQuestion(String path, String summary, String parameters, Function<ViewRequest, ? extends Answer> answer) {
    Route route(Views views, Questions questions) {
        return new Route(
                ConsoleApi.PREFIX + path,
                parameters.isEmpty() ? summary : summary + "; parameters " + parameters,
                request -> Replies.from(
                        views,
                        request,
                        view -> EndpointResponse.json(
                                200, AnswerJson.write(ask(new ViewRequest(view, questions, request))))));
    }

    Answer ask(ViewRequest request) {
        request.accept(parameters);
        return answer.apply(request);
    }
}
