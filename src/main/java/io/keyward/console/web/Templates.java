package io.keyward.console.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/// The compiled templates. They escape every value by its context.
final class Templates {
    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, Templates.class.getPackageName());

    /// Renders a page.
    ///
    /// @param name the template without its ending
    /// @param parameters its parameters by name
    String render(String name, Map<String, Object> parameters) {
        StringOutput page = new StringOutput();
        engine.render(name + ".jte", parameters, page);
        return page.toString();
    }
}
