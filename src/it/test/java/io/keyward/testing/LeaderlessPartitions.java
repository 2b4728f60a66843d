package io.keyward.testing;

import io.keyward.testing.process.BrokerProgram;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.apache.kafka.metadata.PartitionRegistration;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/// Fixes a defect of Kafka's brokers in this process (KAFKA-20734), so that experiments show what the product does.
///
/// Brokers of 4.4.0 that start together take partitions that have no leader yet for deleted, and call transactions
/// ended without having ended them there. What was written there is neither committed nor aborted then
/// (docs/recovery.md, "A transaction hangs").
public final class LeaderlessPartitions {
    private static final String CACHE = "/org/apache/kafka/metadata/KRaftMetadataCache.class";
    private static final String METHOD = "lambda$getPartitionLeaderEndpoint$";

    private LeaderlessPartitions() {}

    /// Runs the broker of [BrokerProgram] with the fix.
    public static void main(String... arguments) throws Exception {
        areKnown();
        BrokerProgram.main(arguments);
    }

    /// Must be called before the broker's classes are used.
    public static void areKnown() throws IOException, IllegalAccessException {
        try (InputStream bytes = PartitionRegistration.class.getResourceAsStream(CACHE)) {
            ClassWriter mended = new ClassWriter(0);
            new ClassReader(bytes).accept(new Mending(mended), 0);
            MethodHandles.privateLookupIn(PartitionRegistration.class, MethodHandles.lookup())
                    .defineClass(mended.toByteArray());
        }
    }

    /// What the broker learns about the leader of a partition that exists.
    public static Optional<Node> orNone(Optional<Node> leader) {
        return leader.or(() -> Optional.of(Node.noNode()));
    }

    /// Has the method that finds the leader of a partition ask [#orNone].
    private static final class Mending extends ClassVisitor {
        private Mending(ClassVisitor mended) {
            super(Opcodes.ASM9, mended);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
            MethodVisitor method = super.visitMethod(access, name, type, generic, thrown);
            return name.startsWith(METHOD) && type.contains(Type.getDescriptor(PartitionRegistration.class))
                    ? new MethodVisitor(Opcodes.ASM9, method) {
                        @Override
                        public void visitInsn(int instruction) {
                            if (instruction == Opcodes.ARETURN) {
                                visitMethodInsn(
                                        Opcodes.INVOKESTATIC,
                                        Type.getInternalName(LeaderlessPartitions.class),
                                        "orNone",
                                        "(Ljava/util/Optional;)Ljava/util/Optional;",
                                        false);
                            }
                            super.visitInsn(instruction);
                        }
                    }
                    : method;
        }
    }
}
