// What Istio's analyzers say about files, each by itself, as JSON.
//
// `istioctl analyze` leaves out what it would ask a cluster for, Services and pods among them, when it is given files
// alone. This gives files to the same analyzers whole, by the function that their own tests use.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/log"
	"istio.io/istio/pkg/version"
)

type message struct {
	Code    string `json:"code"`
	Object  string `json:"object"`
	Message string `json:"message"`
}

type report struct {
	File     string    `json:"file"`
	Error    string    `json:"error,omitempty"`
	Messages []message `json:"messages"`
}

func main() {
	offline := flag.Bool("offline", false, "leave out what istioctl analyze --use-kube=false does")
	flag.Parse()
	if flag.Arg(0) == "version" {
		fmt.Println(version.Info.Version)
		return
	}
	quiet := log.DefaultOptions()
	quiet.SetDefaultOutputLevel(log.OverrideScopeName, log.NoneLevel)
	_ = log.Configure(quiet)
	reports := []report{}
	for _, file := range flag.Args() {
		messages, err := analyze(file, *offline)
		report := report{File: file, Messages: messages}
		if err != nil {
			report.Error = err.Error()
		}
		reports = append(reports, report)
	}
	if err := json.NewEncoder(os.Stdout).Encode(reports); err != nil {
		panic(err)
	}
}

// analyze also returns what it found where some of the file can't be read.
func analyze(path string, offline bool) ([]message, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	analyzer := local.NewIstiodAnalyzer(analyzers.AllCombined(), "", "istio-system", nil)
	source := []local.ReaderSource{{Name: path, Reader: file}}
	var unread error
	if offline {
		if err := analyzer.AddDefaultResources(); err != nil {
			return nil, err
		}
		unread = analyzer.AddReaderKubeSource(source)
	} else {
		unread = analyzer.AddTestReaderKubeSource(source)
	}
	stop := make(chan struct{})
	defer close(stop)
	result, err := analyzer.Analyze(stop)
	if err != nil {
		return nil, err
	}
	messages := []message{}
	for _, one := range result.Messages {
		object := ""
		if one.Resource != nil {
			object = one.Resource.Origin.FriendlyName()
		}
		messages = append(messages, message{
			Code:    one.Type.Code(),
			Object:  object,
			Message: fmt.Sprintf(one.Type.Template(), one.Parameters...),
		})
	}
	return messages, unread
}
