package io.keyward.app.run;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// The version of the product, as the build wrote it into the jar.
public final class ProductVersion implements IVersionProvider {
    public static String current() {
        return Optional.ofNullable(ProductVersion.class.getPackage().getImplementationVersion())
                .orElse("(not built as a jar)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"keyward " + current()};
    }
}
