package io.keyward.app.command;

import io.keyward.app.ask.ConsoleAddress;
import io.keyward.app.ask.ConsoleClient;
import io.keyward.app.config.ConsoleSettings;
import io.keyward.app.config.SandboxAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options that name the console that a command asks, and the form of its output.
final class AskOptions {
    @Mixin
    private ConfigOption config;

    @ArgGroup
    private Where where = new Where();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token that the console asks for; default: keyward.console.token.file.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(names = "--json", description = "Print the console's answer as it is.")
    private boolean json;

    static final class Where {
        @Option(
                names = "--url",
                paramLabel = "URL",
                converter = UrlConverter.class,
                description = "Address of the console, for example https://console.example.com; default: that of the"
                        + " settings keyward.console.host and .port, http://127.0.0.1:8090.")
        private Optional<URI> url = Optional.empty();

        @Option(
                names = "--port-base",
                paramLabel = "N",
                description = "Ask the console of a sandbox that was started with the same option.")
        private Optional<Integer> portBase = Optional.empty();
    }

    /// For picocli.
    static final class UrlConverter implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
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
                // is refused below
            }
            throw new TypeConversionException(
                    "'%s' is not the address of a console; expected is one such as http://127.0.0.1:8090."
                            .formatted(text));
        }
    }

    boolean json() {
        return json;
    }

    /// @throws io.keyward.app.config.ConfigurationException that lists everything that is wrong with the configuration
    ConsoleClient connect() {
        ConsoleSettings configured = config.load().console();
        URI url = where.url
                .or(() -> where.portBase.map(
                        base -> URI.create(SandboxAddresses.startingAt(base).consoleUrl())))
                .orElseGet(() -> ConsoleAddress.served(configured.http()));
        return new ConsoleClient(ConsoleAddress.of(
                url, tokenFile.or(() -> configured.http().files().token())));
    }
}
