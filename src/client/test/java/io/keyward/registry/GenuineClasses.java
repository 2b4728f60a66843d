package io.keyward.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/// Loads Confluent's original classes (7.0.1) under their own names, with the product's Avro. The only copy on
/// Maven Central renames both Confluent's and Avro's classes.
public final class GenuineClasses extends ClassLoader {
    /// The serde class that uses the loaded classes.
    public static final String SERDE = "io.keyward.registry.GenuineSerde";

    private static final String RENAMED = "org/apache/pulsar/kafka/shade/";
    private static final String AVRO = "avro/";

    private GenuineClasses() {
        super(GenuineClasses.class.getClassLoader());
    }

    /// Runs `work` with this class loader as the thread's context class loader, where Kafka looks for classes.
    public static void within(Runnable work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new GenuineClasses());
        try {
            work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /// Loads the serde here too, because its bytecode refers to the renamed classes.
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (name.startsWith(SERDE) && findLoadedClass(name) == null) {
                return findClass(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = (name.startsWith(SERDE) ? "" : RENAMED) + name.replace('.', '/') + ".class";
        try (InputStream renamed = getParent().getResourceAsStream(file)) {
            if (renamed == null) {
                throw new ClassNotFoundException(name);
            }
            ClassWriter named = new ClassWriter(0);
            new ClassReader(renamed).accept(new ClassRemapper(named, new OwnNames()), 0);
            byte[] bytes = named.toByteArray();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static final class OwnNames extends Remapper {
        OwnNames() {
            super(Opcodes.ASM9);
        }

        @Override
        public String map(String name) {
            if (!name.startsWith(RENAMED)) {
                return name;
            }
            String own = name.substring(RENAMED.length());
            return own.startsWith(AVRO) ? "org/apache/" + own : own;
        }
    }
}
