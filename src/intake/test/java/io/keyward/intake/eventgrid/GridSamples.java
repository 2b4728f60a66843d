package io.keyward.intake.eventgrid;

import java.util.List;

/// What Event Grid sends.
final class GridSamples {
    static final String TYPE = "Microsoft.KeyVault.KeyNewVersionCreated";

    private static final String DATA = """
            {"Id":"https://contoso.vault.azure.net/keys/orders/0123456789abcdef0123456789abcdef",\
            "VaultName":"contoso","ObjectType":"Key","ObjectName":"orders",\
            "Version":"0123456789abcdef0123456789abcdef","NBF":null,"EXP":null}""";

    private GridSamples() {}

    static String cloudEvent(String id) {
        return """
                {"id":"%s","source":"/subscriptions/1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/contoso",\
                "subject":"orders","type":"%s","time":"2026-03-01T10:00:00Z","specversion":"1.0","data":%s}""".formatted(id, TYPE, DATA);
    }

    static String gridEvent(String id) {
        return """
                {"id":"%s","topic":"/subscriptions/1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/contoso",\
                "subject":"orders","eventType":"%s","eventTime":"2026-03-01T10:00:00Z","dataVersion":"1",\
                "metadataVersion":"1","data":%s}""".formatted(id, TYPE, DATA);
    }

    static String validation(String code) {
        return """
                [{"id":"1","topic":"/subscriptions/1","subject":"",\
                "data":{"validationCode":"%s","validationUrl":"https://rp-westeurope.eventgrid.azure.net:553/validate"},\
                "eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2026-03-01T10:00:00Z",\
                "metadataVersion":"1","dataVersion":"2"}]""".formatted(code);
    }

    static String batch(List<String> events) {
        return "[" + String.join(",", events) + "]";
    }
}
