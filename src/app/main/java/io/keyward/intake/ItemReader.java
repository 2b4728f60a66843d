package io.keyward.intake;

import io.keyward.domain.id.RefusedException;
import java.util.List;

/// Understands the items of one source.
public interface ItemReader {
    /// The type of all items that are not in the source's fixed set of types.
    String OTHER = "other";

    /// The type of an item, from a fixed set, or [#OTHER].
    ///
    /// @throws RefusedException if it is not an item of this source
    String type(Fields item);

    /// What an item means.
    ///
    /// @throws RefusedException if it cannot be understood
    Finding finding(Fields item);

    /// The items of a delivery. Items that cannot be understood are refused one by one; a delivery that is not JSON is
    /// refused as one item of the type [#OTHER]. Never throws.
    default List<Item> read(byte[] delivery) {
        try {
            return Element.split(delivery).stream().map(this::item).toList();
        } catch (RefusedException why) {
            return List.of(new Item(OTHER, delivery, new Finding.Refused(why)));
        }
    }

    private Item item(Element element) {
        String type = OTHER;
        try {
            Fields fields = element.fields();
            type = type(fields);
            return new Item(type, element.bytes(), finding(fields));
        } catch (RefusedException why) {
            return new Item(type, element.bytes(), new Finding.Refused(why));
        }
    }
}
