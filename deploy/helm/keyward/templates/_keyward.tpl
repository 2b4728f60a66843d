{{/* Writes an object with the labels of its part. root, name of the part, object */}}
{{- define "keyward.object" -}}
{{- $metadata := .object.metadata }}
{{- $labels := dict "app.kubernetes.io/name" .name "app.kubernetes.io/part-of" "keyward"
      "app.kubernetes.io/managed-by" .root.Release.Service
      "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version) }}
{{- $_ := set $metadata "labels" (merge (default dict $metadata.labels) $labels) }}
---
{{ toYaml .object }}
{{- end }}

{{/* The lines of a properties file, without those that settings replace, and then these. file, settings */}}
{{- define "keyward.properties" -}}
{{- $text := .file }}
{{- range $key, $_ := .settings }}
{{- $text = regexReplaceAll (printf "(?m)^%s *=.*\n" (regexQuoteMeta $key)) $text "" }}
{{- end }}
{{- $text }}
{{- range $key, $value := .settings }}
{{ $key }} = {{ $value }}
{{- end }}
{{- end }}

{{- define "keyward.image" -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag }}{{ end }}
{{- end }}

{{/* Puts before what the first container of a pod and its volumes hold what a patch of an overlay has. pod, patch */}}
{{- define "keyward.patch" -}}
{{- $container := first .pod.containers }}
{{- $patch := first .patch.spec.template.spec.containers }}
{{- $_ := set .pod "volumes" (concat (default list .patch.spec.template.spec.volumes) .pod.volumes) }}
{{- range $list := list "env" "volumeMounts" }}
{{- $_ := set $container $list (concat (default list (get $patch $list)) (get $container $list)) }}
{{- end }}
{{- range $probe := list "startupProbe" "livenessProbe" "readinessProbe" }}
{{- with get $patch $probe }}{{ $_ := mergeOverwrite (get $container $probe) . }}{{ end }}
{{- end }}
{{- end }}

{{/* Puts the names of the place and the values of a part into its pod. root, values, template */}}
{{- define "keyward.pod" -}}
{{- $root := .root }}
{{- $values := .values }}
{{- $pod := .template.spec }}
{{- $image := $root.Values.image }}
{{- $kafka := $root.Values.kafka }}
{{- range $container := $pod.containers }}
{{- $_ := set $container "image" (include "keyward.image" (merge (dict "tag" (default $root.Chart.AppVersion $image.tag)) $image)) }}
{{- $_ := set $container "imagePullPolicy" $image.pullPolicy }}
{{- range $container.env }}
{{- if eq .name "KEYWARD_KAFKA_BOOTSTRAP_SERVERS" }}
{{- $_ := set . "value" (default (printf "%s-kafka-bootstrap:9093" $kafka.cluster) $kafka.bootstrapServers) }}
{{- else if eq .name "KEYWARD_REGISTRY_URL" }}
{{- $_ := set . "value" $root.Values.registry.url }}
{{- end }}
{{- end }}
{{- with $values.env }}{{ $_ := set $container "env" (concat $container.env .) }}{{ end }}
{{- with $values.resources }}{{ $_ := set $container "resources" . }}{{ end }}
{{- end }}
{{- range $pod.volumes }}
{{- if eq .name "kafka-ca" }}
{{- $_ := set .secret "secretName" (default (printf "%s-cluster-ca-cert" $kafka.cluster) $kafka.caSecret) }}
{{- end }}
{{- end }}
{{- $_ := mergeOverwrite $pod $values.pod }}
{{- $_ := set .template.metadata "labels" (merge .template.metadata.labels (dict "app.kubernetes.io/part-of" "keyward") $values.podLabels) }}
{{- end }}

{{/* Puts the peers and ports of the place into a network policy. root, values, policy */}}
{{- define "keyward.policy" -}}
{{- $place := .root.Values.networkPolicies }}
{{- range .policy.spec.ingress }}
{{- if and $place.prometheus (eq (first .ports).port "http") }}{{ $_ := set . "from" $place.prometheus }}{{ end }}
{{- end }}
{{- $kafka := index .policy.spec.egress 1 }}
{{- $registry := index .policy.spec.egress 2 }}
{{- $_ := set (first $kafka.to).podSelector.matchLabels "strimzi.io/cluster" .root.Values.kafka.cluster }}
{{- with $place.kafka }}{{ $_ := set $kafka "to" . }}{{ end }}
{{- with $place.registry }}{{ $_ := set $registry "to" . }}{{ end }}
{{- $_ := set (first $kafka.ports) "port" $place.ports.kafka }}
{{- $_ := set (first $registry.ports) "port" $place.ports.registry }}
{{- if .values.ingress }}{{ $_ := set .policy.spec "ingress" (concat .policy.spec.ingress .values.ingress) }}{{ end }}
{{- if .values.egress }}{{ $_ := set .policy.spec "egress" (concat .policy.spec.egress .values.egress) }}{{ end }}
{{- end }}

{{/* The ConfigMap of a part. root, name, values, folder */}}
{{- define "keyward.configuration" -}}
{{- $file := .root.Files.Get (printf "kubernetes/%s/keyward.properties" .folder) }}
{{- toYaml (dict "apiVersion" "v1" "kind" "ConfigMap" "metadata" (dict "name" .name)
      "data" (dict "keyward.properties" (include "keyward.properties" (dict "file" $file "settings" .values.settings)))) }}
{{- end }}

{{/* The network policy of a part. root, name, values, folder */}}
{{- define "keyward.networkPolicy" -}}
{{- if .root.Values.networkPolicies.create }}
{{- $policy := .root.Files.Get (printf "kubernetes/%s/network-policy.yaml" .folder) | fromYaml }}
{{- include "keyward.policy" (dict "root" .root "values" .values "policy" $policy) }}
{{- include "keyward.object" (dict "root" .root "name" .name "object" $policy) }}
{{- end }}
{{- end }}

{{/*
A part from its folder of manifests: its workload, configuration, network policy and pod monitor.
root, name, values, folder, workload (the name of its file), patches (the files of the overlay that closes it, or none)
*/}}
{{- define "keyward.part" -}}
{{- $root := .root }}
{{- $values := .values }}
{{- $folder := printf "kubernetes/%s/" .folder }}
{{- $configuration := include "keyward.configuration" . }}
{{- include "keyward.object" (dict "root" $root "name" .name "object" (fromYaml $configuration)) }}
{{- $workload := $root.Files.Get (printf "%s%s.yaml" $folder .workload) | fromYaml }}
{{- $monitor := $root.Files.Get (print $folder "pod-monitor.yaml") | fromYaml }}
{{- with .patches }}
{{- include "keyward.patch" (dict "pod" $workload.spec.template.spec "patch" ($root.Files.Get .workload | fromYaml)) }}
{{- $_ := mergeOverwrite $monitor ($root.Files.Get .monitor | fromYaml) }}
{{- end }}
{{- include "keyward.pod" (dict "root" $root "values" $values "template" $workload.spec.template) }}
{{- $_ := set $workload.spec "replicas" $values.replicas }}
{{- $_ := set $workload.spec.template.metadata "annotations"
      (merge (dict "checksum/configuration" (sha256sum $configuration)) $values.podAnnotations) }}
{{- if eq .workload "stateful-set" }}
{{- include "keyward.set" (dict "root" $root "set" $workload) }}
{{- end }}
{{- include "keyward.object" (dict "root" $root "name" .name "object" $workload) }}
{{- include "keyward.networkPolicy" . }}
{{- if $root.Values.monitoring.podMonitors }}
{{- $_ := set $monitor.metadata "labels" $root.Values.monitoring.labels }}
{{- include "keyward.object" (dict "root" $root "name" .name "object" $monitor) }}
{{- end }}
{{- range list "service" "pod-disruption-budget" }}
{{- include "keyward.object" (dict "root" $root "name" $.name
      "object" ($root.Files.Get (printf "%s%s.yaml" $folder .) | fromYaml)) }}
{{- end }}
{{- if hasKey $values "serviceAccountAnnotations" }}
{{- $account := $root.Files.Get (print $folder "service-account.yaml") | fromYaml }}
{{- with $values.serviceAccountAnnotations }}{{ $_ := set $account.metadata "annotations" . }}{{ end }}
{{- include "keyward.object" (dict "root" $root "name" .name "object" $account) }}
{{- end }}
{{- end }}

{{/* The processor's own: its volumes, and how many instances there may be. root, set */}}
{{- define "keyward.set" -}}
{{- $values := .root.Values }}
{{- $claim := first .set.spec.volumeClaimTemplates }}
{{- $_ := set $claim.metadata "labels" (dict "app.kubernetes.io/name" "keyward" "app.kubernetes.io/part-of" "keyward") }}
{{- $_ := set $claim.spec.resources.requests "storage" $values.processor.storage.size }}
{{- with $values.processor.storage.className }}{{ $_ := set $claim.spec "storageClassName" . }}{{ end }}
{{- $most := $values.processor.replicas }}
{{- if $values.autoscaling.enabled }}
{{- $most = $values.autoscaling.max }}
{{- $_ := unset .set.spec "replicas" }}
{{- end }}
{{- if gt (int $most) (int $values.topics.partitions) }}
{{- fail (printf "%v instances of the processor are wanted, and the inputs have %v partitions (topics.partitions): those beyond would have nothing to do. Lower processor.replicas or autoscaling.max, or move to more partitions first (docs/operations.md)." $most $values.topics.partitions) }}
{{- end }}
{{- end }}

{{/* The documents of a file, as a list under "documents". */}}
{{- define "keyward.documents" -}}
documents:
{{- range regexSplit "(?m)^---\n" . -1 }}
{{- $object := fromYaml . }}
{{- if $object }}
- {{ toJson $object }}
{{- end }}
{{- end }}
{{- end }}
