package io.keyward.sandbox.registry;

import io.keyward.registry.client.CompatibilityLevel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `/config` and `/mode`: the compatibility level and the mode, for all subjects or for one.
record PolicyRoutes(RegistryState state) {
    private static final String ALL = "";
    private static final Set<String> LEVEL_NAMES = Set.of("compatibility", "compatibilityLevel");

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/config", request -> level(state.level())),
                Route.of("PUT", "/config", request -> setLevel(ALL, request)),
                Route.of("DELETE", "/config", request -> resetLevel(ALL, state.level())),
                Route.of("GET", "/config/{subject}", this::levelOf),
                Route.of("PUT", "/config/{subject}", request -> setLevel(request.subject(), request)),
                Route.of("DELETE", "/config/{subject}", this::resetLevelOf),
                Route.of("GET", "/mode", request -> mode(state.mode())),
                Route.of("PUT", "/mode", request -> setMode(ALL, request)),
                Route.of("DELETE", "/mode", request -> resetMode(ALL, state.mode())),
                Route.of("GET", "/mode/{subject}", this::modeOf),
                Route.of("PUT", "/mode/{subject}", request -> setMode(request.subject(), request)),
                Route.of("DELETE", "/mode/{subject}", this::resetModeOf));
    }

    private Outcome levelOf(RouteRequest request) {
        Optional<CompatibilityLevel> global =
                request.flag("defaultToGlobal") ? Optional.of(state.level()) : Optional.empty();
        return level(state.levelOf(request.subject())
                .or(() -> global)
                .orElseThrow(() -> RegistryRefusedException.noLevel(request.subject())));
    }

    /// Some clients send the level under the name that replies use. Both names are accepted.
    private static Outcome setLevel(String subject, RouteRequest request) {
        request.body().fieldNames().forEachRemaining(name -> {
            if (!LEVEL_NAMES.contains(name)) {
                throw RegistryRefusedException.notPermitted(
                        "this registry supports compatibility levels only, not '" + name + "'");
            }
        });
        String name = request.body()
                .path("compatibility")
                .asText(request.body().path("compatibilityLevel").asText(""));
        CompatibilityLevel level = constant(CompatibilityLevel.values(), name)
                .orElseThrow(() -> RegistryRefusedException.invalidLevel(names(CompatibilityLevel.values())));
        return Outcome.change(Map.of("compatibility", level), List.of(new Change.LevelSet(subject, level)));
    }

    private Outcome resetLevelOf(RouteRequest request) {
        String subject = request.subject();
        return resetLevel(
                subject, state.levelOf(subject).orElseThrow(() -> RegistryRefusedException.unknownSubject(subject)));
    }

    private static Outcome resetLevel(String subject, CompatibilityLevel former) {
        return new Outcome(level(former).reply(), List.of(new Change.LevelReset(subject)));
    }

    private static Outcome level(CompatibilityLevel level) {
        return Outcome.reply(Map.of("compatibilityLevel", level));
    }

    private Outcome modeOf(RouteRequest request) {
        Optional<Mode> global = request.flag("defaultToGlobal") ? Optional.of(state.mode()) : Optional.empty();
        return mode(state.modeOf(request.subject())
                .or(() -> global)
                .orElseThrow(() -> RegistryRefusedException.noMode(request.subject())));
    }

    private Outcome setMode(String subject, RouteRequest request) {
        Mode mode = constant(Mode.values(), request.body().path("mode").asText(""))
                .orElseThrow(() -> RegistryRefusedException.invalidMode(names(Mode.values())));
        boolean occupied = state.all()
                .anyMatch(version -> !version.deleted()
                        && (subject.equals(ALL) || version.subject().equals(subject)));
        if (mode == Mode.IMPORT && occupied && !request.flag("force")) {
            throw RegistryRefusedException.notPermitted("Cannot import since found existing subjects");
        }
        return Outcome.change(Map.of("mode", mode), List.of(new Change.ModeSet(subject, mode)));
    }

    private Outcome resetModeOf(RouteRequest request) {
        String subject = request.subject();
        return resetMode(
                subject, state.modeOf(subject).orElseThrow(() -> RegistryRefusedException.unknownSubject(subject)));
    }

    private static Outcome resetMode(String subject, Mode former) {
        return new Outcome(mode(former).reply(), List.of(new Change.ModeReset(subject)));
    }

    private static Outcome mode(Mode mode) {
        return Outcome.reply(Map.of("mode", mode));
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] constants, String name) {
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    private static String names(Enum<?>[] constants) {
        return Arrays.toString(constants).toLowerCase(Locale.ROOT);
    }
}
