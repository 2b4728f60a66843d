package io.keyward.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One element of what a source has delivered: a delivery is a JSON object, or an array of them.
///
/// @param bytes of this element alone
@SuppressWarnings("ArrayRecordComponent") // only read, never compared
public record Element(byte[] bytes) {
    /// More elements are refused as a whole, because each may become a dead letter. Azure's batches have at most
    /// 5,000 events.
    static final int MOST = 10_000;

    private static final ObjectReader JSON = JsonMapper.builder().build().reader();
    private static final ObjectReader WITHOUT_DUPLICATES = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    /// The elements of a delivery. Whether they are objects is not checked yet.
    ///
    /// @throws RefusedException `MISSING_VALUE` if the delivery is empty, `UNREADABLE` if it is not JSON in UTF-8
    ///     or is nested too deeply, `WRONG_SCHEMA` if it is neither an object nor an array, or has too many
    ///     elements
    public static List<Element> split(byte[] delivery) {
        try (JsonParser parser = JSON.createParser(delivery)) {
            List<Element> elements = split(parser, delivery);
            if (parser.nextToken() != null) {
                throw unreadable("Something follows the JSON value" + at(parser) + "; expected its end.");
            }
            return elements;
        } catch (StreamConstraintsException tooMuch) {
            throw unreadable("This is nested too deeply, or has a number or a name that is too long.");
        } catch (JsonProcessingException notJson) {
            throw unreadable("This is not JSON" + at(notJson) + ".");
        } catch (IOException notText) {
            throw unreadable("This is not JSON in UTF-8.");
        }
    }

    private static List<Element> split(JsonParser parser, byte[] delivery) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new RefusedException(RefusalCode.MISSING_VALUE, "This is empty; expected JSON.");
        }
        if (parser.currentTokenLocation().getByteOffset() < 0) {
            throw unreadable("This is JSON, but not in UTF-8.");
        }
        return switch (first) {
            case START_ARRAY -> ofArray(parser, delivery);
            case START_OBJECT -> {
                parser.skipChildren();
                yield List.of(new Element(delivery));
            }
            default ->
                throw new RefusedException(
                        RefusalCode.WRONG_SCHEMA, "This is a single value; expected an object or an array of objects.");
        };
    }

    private static List<Element> ofArray(JsonParser parser, byte[] delivery) throws IOException {
        List<Element> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (elements.size() == MOST) {
                throw new RefusedException(
                        RefusalCode.WRONG_SCHEMA, "This is an array of more than " + MOST + " elements.");
            }
            long start = parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            long end = parser.currentLocation().getByteOffset();
            elements.add(new Element(Arrays.copyOfRange(delivery, (int) start, (int) end)));
        }
        return elements;
    }

    /// The fields of this element.
    ///
    /// @throws RefusedException `WRONG_SCHEMA` if it is not an object, `UNREADABLE` if an object in it has two
    ///     fields of exactly the same name
    public Fields fields() {
        try {
            if (WITHOUT_DUPLICATES.readTree(bytes) instanceof ObjectNode object) {
                return new Fields("", object);
            }
            throw new RefusedException(RefusalCode.WRONG_SCHEMA, "This is a single value; expected an object.");
        } catch (JsonProcessingException duplicate) {
            throw unreadable("An object has two fields of the same name" + at(duplicate) + ".");
        } catch (IOException notText) {
            throw unreadable("This is not JSON in UTF-8.");
        }
    }

    private static RefusedException unreadable(String why) {
        return new RefusedException(RefusalCode.UNREADABLE, why);
    }

    /// Never the parser's own message: it shows what it found.
    private static String at(JsonProcessingException failure) {
        return failure.getLocation() == null
                ? ""
                : " at byte " + failure.getLocation().getByteOffset();
    }

    private static String at(JsonParser parser) {
        return " at byte " + parser.currentTokenLocation().getByteOffset();
    }
}
