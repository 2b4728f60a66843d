package io.keyward.app.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// An output of this process in UTF-8. Whatever is written to it is shown as [Visible#text(String)], so that nobody's
/// names and messages can command the terminal; the console's own colours are the only escape codes that pass.
public final class TerminalStream extends PrintStream {
    private final OutputStream raw;

    /// @param raw takes the bytes; where it flushes by itself, so does this
    public TerminalStream(OutputStream raw) {
        super(new Shown(raw), raw instanceof PrintStream, StandardCharsets.UTF_8);
        this.raw = raw;
    }

    /// Makes all that this process writes visible: results, logs and stack traces.
    public static void install() {
        System.setOut(new TerminalStream(System.out));
        System.setErr(new TerminalStream(System.err));
    }

    /// Prints the console's own escape codes as they are. What comes from elsewhere has to be visible already.
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

    /// Decodes what is written, a character that comes in two pieces included.
    private static final class Shown extends OutputStream {
        private final OutputStream raw;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private byte[] begun = {};

        Shown(OutputStream raw) {
            this.raw = raw;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer encoded = ByteBuffer.allocate(begun.length + length)
                    .put(begun)
                    .put(bytes, offset, length)
                    .flip();
            CharBuffer text = CharBuffer.allocate(encoded.remaining());
            decoder.decode(encoded, text, false);
            begun = new byte[encoded.remaining()];
            encoded.get(begun);
            raw.write(Visible.text(text.flip().toString()).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void flush() throws IOException {
            raw.flush();
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }
}
