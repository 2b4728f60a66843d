package io.keyward.app.run;

/// What consists of parts that end with it.
public interface Assembled extends AutoCloseable {
    Assembly parts();

    /// Closes every part in reverse order, even if closing another one fails.
    @Override
    default void close() {
        parts().close();
    }
}
