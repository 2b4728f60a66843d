package io.keyward.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// An output of this process in UTF-8. It escapes all text as [Visible#text(String)] does, so that names and
/// messages from outside cannot control the terminal. The only escape codes that it prints are Keyward's own
/// colours.
public final class TerminalStream extends PrintStream {
    private final OutputStream raw;

    /// Creates a stream over another one.
    ///
    /// @param raw the stream for the bytes; if it flushes automatically, so does this one
    public TerminalStream(OutputStream raw) {
        super(new Shown(raw), raw instanceof PrintStream, StandardCharsets.UTF_8);
        this.raw = raw;
    }

    /// Escapes everything that this process writes: results, logs and stack traces.
    public static void install() {
        System.setOut(new TerminalStream(System.out));
        System.setErr(new TerminalStream(System.err));
    }

    /// Prints text with Keyward's own escape codes unchanged. Text from outside must be escaped already.
    static void printCodes(PrintStream out, String text) {
        if (out instanceof TerminalStream terminal) {
            terminal.printRaw(text);
        } else {
            out.print(text);
        }
    }

    private void printRaw(String text) {
        try {
            raw.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            setError();
        }
    }

    /// Decodes the bytes written to it, including characters that are split between two writes.
    private static final class Shown extends FilterOutputStream {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private byte[] partial = {};

        Shown(OutputStream raw) {
            super(raw);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer encoded = ByteBuffer.allocate(partial.length + length)
                    .put(partial)
                    .put(bytes, offset, length)
                    .flip();
            CharBuffer text = CharBuffer.allocate(encoded.remaining());
            decoder.decode(encoded, text, false);
            partial = new byte[encoded.remaining()];
            encoded.get(partial);
            out.write(Visible.text(text.flip().toString()).getBytes(StandardCharsets.UTF_8));
        }
    }
}
