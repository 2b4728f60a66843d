package io.keyward.cli.command;

import picocli.CommandLine.Mixin;

/// A command that works with a cluster.
abstract class ClusterCommand extends StreamsCommand {
    @Mixin
    ClusterOptions cluster;
}
