locals {
  versions = merge({
    transformer               = module.transformer.versions
    event_storer              = module.event_storer.versions
    integration_event_emitter = module.integration_event_emitter.versions
  }, module.consumer.versions)

  function_arns = merge({
    transformer               = module.transformer.arn
    event_storer              = module.event_storer.arn
    integration_event_emitter = module.integration_event_emitter.arn
  }, module.consumer.function_arns)

  release_command = join(" ", concat(
    ["operator release start --region ${data.aws_service.home.region} --table ${var.name} --percent ${var.release.canary_percent} --minutes ${var.release.minutes}"],
    [for alarm in var.release.alarms : "--alarm ${alarm}"],
  ))
}

# With release.hold a new version does nothing until somebody makes it live.
check "released" {
  assert {
    condition     = alltrue([for version in values(local.versions) : version.live == version.newest])
    error_message = "Published and not live yet: ${join(", ", [for function, version in local.versions : "${function} ${version.newest} (live is ${version.live})" if version.live != version.newest])}. The output release_command makes them live."
  }
}
