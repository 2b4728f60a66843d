package io.keyward.ops.http;

/// The names of the settings of an HTTP endpoint.
///
/// @param prefix what all of them begin with, without the dot
/// @param lastOfPort how the name of the port ends
public record HttpNames(String prefix, String lastOfPort) {
    /// The settings of the processor's endpoint.
    public static final HttpNames PROCESSOR = new HttpNames("keyward.http");

    /// The settings of the console's endpoint.
    public static final HttpNames CONSOLE = new HttpNames("keyward.console");

    /// The settings of the intake's endpoint for webhooks.
    public static final HttpNames INTAKE = new HttpNames("keyward.intake.http");

    /// The settings of the processor's endpoint for probes.
    public static final HttpNames PROBES = PROCESSOR.ofProbes();

    public HttpNames(String prefix) {
        this(prefix, "port");
    }

    /// The settings of an endpoint's port for probes.
    public HttpNames ofProbes() {
        return new HttpNames(prefix, "probe-port");
    }

    public String host() {
        return prefix + ".host";
    }

    public String port() {
        return prefix + "." + lastOfPort;
    }

    public String certificate() {
        return prefix + ".tls.certificate.file";
    }

    public String key() {
        return prefix + ".tls.key.file";
    }

    public String password() {
        return prefix + ".tls.password.file";
    }

    public String token() {
        return prefix + ".token.file";
    }

    public String open() {
        return prefix + ".open";
    }
}
