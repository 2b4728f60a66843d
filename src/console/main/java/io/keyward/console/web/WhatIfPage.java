package io.keyward.console.web;

import io.keyward.console.api.ViewRequest;
import io.keyward.console.replica.BadCursorException;
import io.keyward.console.whatif.TooManyLinesException;
import io.keyward.console.whatif.WhatIfAnswer;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The page that shows what would be decided if something happened. It writes nothing.
record WhatIfPage(PageMaker maker) {
    EndpointResponse guided(ViewRequest request) {
        return page(request, WhatIfForm.guided(request.request(), maker.now()));
    }

    EndpointResponse lines(ViewRequest request) {
        return page(request, WhatIfForm.lines(request.request()));
    }

    private EndpointResponse page(ViewRequest request, WhatIfForm form) {
        if (form.lines().isEmpty()) {
            return page(form, Optional.empty(), Optional.empty());
        }
        try {
            List<String> lines = form.lines().lines().toList();
            WhatIfAnswer answer = request.questions().whatIf(request.view(), lines, form.window());
            return page(form, Optional.of(answer), Optional.empty());
        } catch (BadRequestException | TooManyLinesException | BadCursorException bad) {
            return page(form, Optional.empty(), Optional.of(bad.getMessage()));
        }
    }

    /// @param complaint why the request is invalid
    private EndpointResponse page(WhatIfForm form, Optional<WhatIfAnswer> answer, Optional<String> complaint) {
        PageHead head = new PageHead("What if", "/whatif", answer.map(WhatIfAnswer::staleness), maker.now());
        return maker.page(200, "whatif", head, Map.of("form", form, "answer", answer, "complaint", complaint));
    }
}
