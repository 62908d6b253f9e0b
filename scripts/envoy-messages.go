// Writes policies/schemas/envoy.json: the messages of Envoy's API that Istio knows, each with its fields, and of what
// message a field is.
//
// Run it again when Istio's module moves to another minor; a test says so. It takes some minutes.
//
// Usage: cd test/lab/tools/istio && go run ../../../../scripts/envoy-messages.go 1.31 > ../../../../policies/schemas/envoy.json
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	_ "github.com/cncf/xds/go/udpa/type/v1"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	_ "istio.io/istio/pkg/config/xds"
)

// What a patch can name by itself; the rest is what these hold.
var roots = []string{"envoy.", "io.istio.", "istio.envoy.", "udpa.type.", "xds.", "google.protobuf."}

func main() {
	messages := map[string]map[string]string{}
	protoregistry.GlobalTypes.RangeMessages(func(kind protoreflect.MessageType) bool {
		for _, root := range roots {
			if strings.HasPrefix(string(kind.Descriptor().FullName()), root) {
				add(messages, kind.Descriptor())
			}
		}
		return true
	})
	names := make([]string, 0, len(messages))
	for name := range messages {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Printf("{\n  \"istio\": %q,\n", os.Args[1])
	fmt.Printf("  \"source\": \"https://github.com/envoyproxy/go-control-plane, at the version of Istio's module\",\n")
	fmt.Printf("  \"messages\": {\n")
	for index, name := range names {
		fields, err := json.Marshal(messages[name])
		if err != nil {
			panic(err)
		}
		comma := ","
		if index == len(names)-1 {
			comma = ""
		}
		fmt.Printf("    %q: %s%s\n", name, fields, comma)
	}
	fmt.Printf("  }\n}\n")
}

func add(messages map[string]map[string]string, kind protoreflect.MessageDescriptor) {
	name := string(kind.FullName())
	if kind.IsMapEntry() || messages[name] != nil {
		return
	}
	fields := map[string]string{}
	messages[name] = fields
	for index := 0; index < kind.Fields().Len(); index++ {
		field := kind.Fields().Get(index)
		held, around := field.Message(), ""
		switch {
		case field.IsMap():
			held, around = field.MapValue().Message(), "map "
		case field.IsList():
			around = "list "
		}
		fields[string(field.Name())] = ""
		if held != nil {
			fields[string(field.Name())] = around + string(held.FullName())
			add(messages, held)
		}
	}
}
