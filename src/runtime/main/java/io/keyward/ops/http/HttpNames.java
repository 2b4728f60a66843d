package io.keyward.ops.http;

/// The names of the settings of an HTTP endpoint.
///
/// @param probePort the port for probes
/// @param certificate the certificate file
/// @param key the key file
/// @param password the file with the password of the key store or key
/// @param token the token file
/// @param open whether anyone may read
public record HttpNames(
        String host,
        String port,
        String probePort,
        String certificate,
        String key,
        String password,
        String token,
        String open) {
    /// The settings of the processor's endpoint.
    public static final HttpNames PROCESSOR = new HttpNames("keyward.http", "port");

    /// The settings of the console's endpoint.
    public static final HttpNames CONSOLE = new HttpNames("keyward.console", "port");

    /// The settings of the intake's endpoint for webhooks.
    public static final HttpNames INTAKE = new HttpNames("keyward.intake.http", "port");

    /// The settings of the processor's endpoint for probes.
    public static final HttpNames PROBES = new HttpNames("keyward.http", "probe-port");

    private HttpNames(String prefix, String port) {
        this(
                prefix + ".host",
                prefix + "." + port,
                prefix + ".probe-port",
                prefix + ".tls.certificate.file",
                prefix + ".tls.key.file",
                prefix + ".tls.password.file",
                prefix + ".token.file",
                prefix + ".open");
    }
}
