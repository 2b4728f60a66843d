package io.keyward.bench.measure;

import io.keyward.bench.jvm.ClassPaths;
import io.keyward.bench.jvm.JavaOptions;
import io.keyward.bench.subject.Partitions;
import io.keyward.bench.subject.SubjectJob;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Folders;
import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/// Starts subjects, each in a separate JVM: the product with `run --config`, the others by their main methods, with
/// their job and the product's configuration for it.
final class Launcher {
    private final ClassPaths classPaths;
    private final Path folder;
    private final int heap;
    private final Readiness readiness = new Readiness(FreePorts.one());

    /// @param folder the folder for logs and settings
    /// @param heap the maximum heap of a subject in MiB
    Launcher(ClassPaths classPaths, Path folder, int heap) {
        this.classPaths = classPaths;
        this.folder = Folders.make(folder);
        this.heap = heap;
    }

    Path folder() {
        return folder;
    }

    /// The product's answer to a readiness probe.
    Readiness readiness() {
        return readiness;
    }

    ChildJvm start(SubjectVariant subjectVariant, SubjectJob job) {
        return JavaOptions.start(
                subjectVariant.label(), program(subjectVariant, job), folder.resolve(job.group() + ".log"));
    }

    /// What Java is started with. Writes the files that the arguments name.
    ChildJvm.Program program(SubjectVariant subjectVariant, SubjectJob job) {
        Subject subject = subjectVariant.subject();
        String configuration = configuration(subjectVariant, job).toString();
        List<String> arguments = subject.isProduct()
                ? List.of("run", "--config", configuration)
                : List.of(job.write(folder.resolve("job.properties")).toString(), configuration);
        return new ChildJvm.Program(
                classPath(subjectVariant),
                subjectVariant
                        .variant()
                        .replaceIn(subject.usesFlink() ? JavaOptions.ofFlink(heap) : JavaOptions.ofSubjects(heap)),
                subject.main().getName(),
                arguments);
    }

    private String classPath(SubjectVariant subjectVariant) {
        Subject subject = subjectVariant.subject();
        if (subject.isProduct()) {
            return subjectVariant
                    .variant()
                    .revision()
                    .map(classPaths::productOf)
                    .orElseGet(classPaths::product);
        }
        return subject.usesFlink() ? classPaths.flink() : classPaths.bench();
    }

    private Path configuration(SubjectVariant subjectVariant, SubjectJob job) {
        Properties settings = new Properties();
        settings.setProperty("keyward.kafka.bootstrap.servers", job.bootstrapServers());
        settings.setProperty("keyward.registry.url", job.registryUrl());
        settings.setProperty("keyward.application.id", job.group());
        settings.setProperty("keyward.topics.prefix", job.names().prefix());
        settings.setProperty("keyward.topics.partitions", Integer.toString(Partitions.COUNT));
        settings.setProperty("keyward.state.dir", job.folder().toString());
        settings.setProperty("keyward.state.store", subjectVariant.subject().onDisk() ? "rocksdb" : "memory");
        settings.setProperty("keyward.rules.max-future", "P1000000D"); // WorkloadSize.START
        settings.setProperty("keyward.http.port", Integer.toString(readiness.port()));
        subjectVariant.variant().settings().forEach(settings::setProperty);
        Path file = folder.resolve("keyward.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file;
    }
}
