package io.keyward.testing;

import java.util.function.Consumer;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;

/// How many tries a test with random input makes: all of them in the profile `full`, else a tenth.
///
/// jqwik finds this class by its service file, and asks it before each property.
public final class Tries implements AroundPropertyHook {
    private static final boolean ALL = Boolean.getBoolean("tests.full");

    /// All of them, or a tenth.
    public static int of(int all) {
        return ALL ? all : Math.max(1, all / 10);
    }

    /// Checks what all tries of a property have reached together; a tenth of them says nothing about that.
    public static void reach(String label, Consumer<StatisticsCoverage> check) {
        if (ALL) {
            Statistics.label(label).coverage(check);
        }
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        attributes.tries().ifPresent(all -> attributes.setTries(of(all)));
        return property.execute();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
