package io.keyward.console.web;

import io.keyward.console.answer.Questions;
import io.keyward.console.answer.WhatIfAnswer;
import io.keyward.console.api.Parameters;
import io.keyward.console.replica.BadCursorException;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.whatif.TooManyLinesException;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointResponse;
import java.util.Map;
import java.util.Optional;

/// The page that shows what would be decided if something happened. Nothing is written.
record WhatIfPage(PageMaker maker, Questions questions) {
    EndpointResponse guided(ReplicaView view, Parameters asked) {
        return page(view, WhatIfForm.guided(asked.request(), maker.now()));
    }

    EndpointResponse lines(ReplicaView view, Parameters asked) {
        return page(view, WhatIfForm.lines(asked.request()));
    }

    private EndpointResponse page(ReplicaView view, WhatIfForm form) {
        if (form.lines().isEmpty()) {
            return page(form, Optional.empty());
        }
        try {
            return page(
                    form,
                    Optional.of(questions.whatIf(view, form.lines().lines().toList(), form.window())));
        } catch (BadRequestException | TooManyLinesException | BadCursorException bad) {
            return page(form.with(bad.getMessage()), Optional.empty());
        }
    }

    private EndpointResponse page(WhatIfForm form, Optional<WhatIfAnswer> answer) {
        PageHead head = new PageHead("What if", "/whatif", answer.map(WhatIfAnswer::extent), maker.now());
        return maker.page(200, "whatif", head, Map.of("form", form, "answer", answer));
    }
}
