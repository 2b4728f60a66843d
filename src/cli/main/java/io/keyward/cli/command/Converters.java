package io.keyward.cli.command;

import com.fasterxml.jackson.databind.node.TextNode;
import io.keyward.avro.json.PlainTime;
import io.keyward.cli.records.WatchedOutput;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/// Converts the typed values of options and parameters.
public final class Converters {
    private Converters() {}

    /// Registers the converters with a command and its subcommands.
    public static CommandLine register(CommandLine command) {
        return command.registerConverter(Instant.class, Converters::time)
                .registerConverter(URI.class, Converters::url)
                .registerConverter(TenantId.class, Converters::tenant)
                .registerConverter(KeyArgument.class, KeyArgument::parse)
                .registerConverter(ExplainCommand.EnvironmentArgument.class, Converters::environment)
                .registerConverter(WatchedOutput.class, WatchedOutput::typed);
    }

    private static Instant time(String text) {
        return PlainTime.read(TextNode.valueOf(text))
                .orElseThrow(() -> new TypeConversionException(
                        "'%s' is not a time; it must be one such as 2026-04-01T00:00:00Z.".formatted(text)));
    }

    private static TenantId tenant(String text) {
        try {
            return new TenantId(text);
        } catch (RefusedException refused) {
            throw new TypeConversionException(refused.detail());
        }
    }

    private static ExplainCommand.EnvironmentArgument environment(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new TypeConversionException(
                    "'%s' is not an environment; it must be TENANT/ENVIRONMENT.".formatted(text));
        }
        return new ExplainCommand.EnvironmentArgument(parts[0], parts[1]);
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            // refused below
        }
        throw new TypeConversionException(
                "'%s' is not the address of a console; it must be one such as http://127.0.0.1:8090.".formatted(text));
    }
}
